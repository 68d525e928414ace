// Lets a session of the server stand still, or end as by kill -9, between two statements, those of functions among them,
// wherever it has written something since the last place. With the setting halt.each = '3' it stands still at each third
// place until somebody lets it go on, with halt.at = '17' it ends at the 17th. Sessions without either go on. How many places
// there were, the last one to end writes into the file halt.count in the server's folder. It is loaded into the server's
// processes before the C library; in programs that are no server it does nothing.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef void Start(void *, int);
typedef void Run(void *, const char *, bool, int, void *, void *, void *, void *);

static Start *start;
static Run *run;
static const char *(*setting)(const char *, bool, bool);
static uint64_t *last_written;
static uint64_t seen;
static long count;

static void look(void) {
  const char *each = setting("halt.each", true, false), *at = setting("halt.at", true, false);
  uint64_t before = seen;
  seen = *last_written;
  if ((!each && !at) || seen == before) return;
  count++;
  if (each && count % atol(each) == 0) raise(SIGSTOP);
  if (at && count == atol(at)) raise(SIGKILL);
}

static void look_and_start(void *query, int flags) {
  look();
  start(query, flags);
}

static void look_and_run(void *a, const char *b, bool c, int d, void *e, void *f, void *g, void *h) {
  look();
  run(a, b, c, d, e, f, g, h);
}

__attribute__((constructor)) static void hook(void) {
  Start **starting = dlsym(RTLD_DEFAULT, "ExecutorStart_hook");
  Run **running = dlsym(RTLD_DEFAULT, "ProcessUtility_hook");
  start = (Start *)dlsym(RTLD_DEFAULT, "standard_ExecutorStart");
  run = (Run *)dlsym(RTLD_DEFAULT, "standard_ProcessUtility");
  last_written = dlsym(RTLD_DEFAULT, "ProcLastRecPtr");
  setting = (const char *(*)(const char *, bool, bool))dlsym(RTLD_DEFAULT, "GetConfigOption");
  if (!starting || !running || !start || !run || !last_written || !setting) return;
  *starting = look_and_start;
  *running = look_and_run;
}

__attribute__((destructor)) static void tell(void) {
  FILE *file = count ? fopen("halt.count", "w") : NULL;
  if (!file) return;
  fprintf(file, "%ld", count);
  fclose(file);
}
