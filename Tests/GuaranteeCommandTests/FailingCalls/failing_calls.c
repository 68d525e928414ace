// Stands before libpq and has one of its calls fail, as it does when memory runs out or the connection is gone.
//   FAIL_AT: the number of the call that fails, counted from 1; 0 for none.
//   FAIL_LOG: a file that gets the name of the call that failed, or how many there were when none did.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_int calls;

static void note(const char *text) {
  const char *path = getenv("FAIL_LOG");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) {
    fputs(text, file);
    fclose(file);
  }
}

static int fails(const char *name) {
  const char *wanted = getenv("FAIL_AT");
  int number = atomic_fetch_add(&calls, 1) + 1;
  if (!wanted || number != atoi(wanted)) return 0;
  note(name);
  return 1;
}

__attribute__((destructor)) static void end(void) {
  const char *wanted = getenv("FAIL_AT");
  char text[20];
  if (!wanted || atoi(wanted) != 0) return;
  snprintf(text, sizeof text, "%d", atomic_load(&calls));
  note(text);
}

#define CALL(type, name, parameters, arguments, failure)                         \
  type name parameters {                                                         \
    if (fails(#name)) return failure;                                            \
    return ((__typeof__(&name))dlsym(RTLD_NEXT, #name)) arguments;               \
  }

CALL(PGconn *, PQconnectdbParams, (const char *const *k, const char *const *v, int e), (k, v, e), NULL)
CALL(PGconn *, PQconnectStartParams, (const char *const *k, const char *const *v, int e), (k, v, e), NULL)
CALL(PQconninfoOption *, PQconninfo, (PGconn * c), (c), NULL)
CALL(PQconninfoOption *, PQconninfoParse, (const char *s, char **m), (s, m), NULL)
CALL(ConnStatusType, PQstatus, (const PGconn *c), (c), CONNECTION_BAD)
CALL(int, PQsocket, (const PGconn *c), (c), -1)
CALL(char *, PQhost, (const PGconn *c), (c), NULL)
CALL(char *, PQhostaddr, (const PGconn *c), (c), NULL)
CALL(char *, PQport, (const PGconn *c), (c), NULL)
CALL(char *, PQdb, (const PGconn *c), (c), NULL)
CALL(char *, PQuser, (const PGconn *c), (c), NULL)
CALL(int, PQserverVersion, (const PGconn *c), (c), 0)
CALL(int, PQbackendPID, (const PGconn *c), (c), 0)
CALL(const char *, PQparameterStatus, (const PGconn *c, const char *n), (c, n), NULL)
CALL(char *, PQerrorMessage, (const PGconn *c), (c), "")
CALL(int, PQsetnonblocking, (PGconn * c, int n), (c, n), -1)
CALL(int, PQsendQuery, (PGconn * c, const char *q), (c, q), 0)
CALL(int, PQsendQueryParams,
     (PGconn * c, const char *q, int n, const Oid *t, const char *const *v, const int *l, const int *f, int r),
     (c, q, n, t, v, l, f, r), 0)
CALL(int, PQsendPrepare, (PGconn * c, const char *s, const char *q, int n, const Oid *t), (c, s, q, n, t), 0)
CALL(int, PQsendQueryPrepared,
     (PGconn * c, const char *s, int n, const char *const *v, const int *l, const int *f, int r), (c, s, n, v, l, f, r), 0)
CALL(int, PQflush, (PGconn * c), (c), -1)
CALL(int, PQconsumeInput, (PGconn * c), (c), 0)
CALL(int, PQsetSingleRowMode, (PGconn * c), (c), 0)
CALL(int, PQenterPipelineMode, (PGconn * c), (c), 0)
CALL(int, PQexitPipelineMode, (PGconn * c), (c), 0)
CALL(int, PQpipelineSync, (PGconn * c), (c), 0)
CALL(int, PQputCopyData, (PGconn * c, const char *b, int n), (c, b, n), -1)
CALL(int, PQputCopyEnd, (PGconn * c, const char *m), (c, m), -1)
CALL(int, PQgetCopyData, (PGconn * c, char **b, int a), (c, b, a), -2)
CALL(char *, PQencryptPasswordConn, (PGconn * c, const char *p, const char *u, const char *a), (c, p, u, a), NULL)
CALL(char *, PQresultErrorField, (const PGresult *r, int f), (r, f), NULL)
CALL(char *, PQresultErrorMessage, (const PGresult *r), (r), "")
CALL(PGnotify *, PQnotifies, (PGconn * c), (c), NULL)
