// Shows Thread Sanitizer where a mutex of Swift's standard library is waited for.
//
// A mutex that is free is taken and left by atomic instructions of the caller's, which the sanitizer sees. One that is
// contended is taken and left inside the standard library, which isn't built with the sanitizer: without this, what
// such a mutex protects would be told as a race. Loaded before the program; the calls keep Swift's convention.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define SWIFTCALL __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

// Missing in programs that are no build of the sanitizer's, such as the servers that tests start.
__attribute__((weak)) void __tsan_acquire(void *);
__attribute__((weak)) void __tsan_release(void *);

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFTCALL void lock_slow(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFTCALL bool try_lock_slow(SELF mutex) __asm__(TRY_LOCK);
SWIFTCALL void unlock_slow(SELF mutex) __asm__(UNLOCK);

SWIFTCALL void lock_slow(uint32_t thread, SELF mutex) {
  ((SWIFTCALL void (*)(uint32_t, SELF))dlsym(RTLD_NEXT, LOCK))(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFTCALL bool try_lock_slow(SELF mutex) {
  bool taken = ((SWIFTCALL bool (*)(SELF))dlsym(RTLD_NEXT, TRY_LOCK))(mutex);
  if (taken && __tsan_acquire) __tsan_acquire(mutex);
  return taken;
}

SWIFTCALL void unlock_slow(SELF mutex) {
  if (__tsan_release) __tsan_release(mutex);
  ((SWIFTCALL void (*)(SELF))dlsym(RTLD_NEXT, UNLOCK))(mutex);
}
