// Lets synchronizing fail as a broken disk does, while the file that FAILING_FSYNC names says so: "wal" for the log of
// changes, "data" for all else. Loaded into the server's processes before the C library.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int descriptor) {
  const char *order = getenv("FAILING_FSYNC");
  int file = order ? open(order, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return 0;
  char wanted = 0, link[64], path[4096] = "";
  ssize_t count = read(file, &wanted, 1);
  close(file);
  if (count != 1) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  if (readlink(link, path, sizeof path - 1) < 0) return 0;
  int is_wal = strstr(path, "/pg_wal/") != NULL;
  return is_wal == (wanted == 'w');
}

static int synchronize(const char *name, int descriptor) {
  if (fails(descriptor)) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(descriptor);
}

int fsync(int descriptor) { return synchronize("fsync", descriptor); }

int fdatasync(int descriptor) { return synchronize("fdatasync", descriptor); }
