/* Preloaded into both sides of the comparison: every flush takes as long as on most real disks. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int flush_slowly(const char *name, int descriptor) {
    const char *told = getenv("BENCH_FLUSH_MICROSECONDS");
    struct timespec delay = {0, told ? atol(told) * 1000L : 0};
    nanosleep(&delay, NULL);
    int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    return flush(descriptor);
}

int fsync(int descriptor) { return flush_slowly("fsync", descriptor); }
int fdatasync(int descriptor) { return flush_slowly("fdatasync", descriptor); }
