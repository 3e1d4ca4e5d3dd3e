/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <pthread.h>

/* main returns at once; what is wrong happens only if the others still come to run, the one that
   looks last of all. */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int done;

static void* work(void* unused) {
  pthread_mutex_lock(&mutex);
  ++done;
  pthread_mutex_unlock(&mutex);
  return unused;
}
static void* look(void* unused) {
  pthread_mutex_lock(&mutex);
  assert(done < 2);
  pthread_mutex_unlock(&mutex);
  return unused;
}

int main() {
  pthread_t thread;
  pthread_create(&thread, 0, look, 0);
  pthread_create(&thread, 0, work, 0);
  pthread_create(&thread, 0, work, 0);
  return 0;
}
