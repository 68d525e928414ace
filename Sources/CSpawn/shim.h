// What glibc declares for _GNU_SOURCE only, and Swift's Glibc module therefore leaves out.
#include <spawn.h>

#define SPAWN_NEW_SESSION 0x80  // POSIX_SPAWN_SETSID

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
#define MEMFD_CLOSE_ON_EXEC 0x1u  // MFD_CLOEXEC

int memfd_create(const char *name, unsigned int flags);
