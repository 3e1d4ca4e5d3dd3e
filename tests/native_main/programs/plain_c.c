/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two threads set a pair without a lock, a third one looks at it: found only if plain accesses are
   scheduling points. The two names are also codes of types in C++. */
static int a;
static int b;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void* set(void* unused) {
  a = 1;
  b = -1;
  return unused;
}
static void* look(void* unused) {
  pthread_mutex_lock(&m);
  assert((a == 0 && b == 0) || (a == 1 && b == -1));
  pthread_mutex_unlock(&m);
  return unused;
}

int main(void) {
  pthread_t threads[3];
  assert(a == 0 && b == 0);
  pthread_create(&threads[0], NULL, set, NULL);
  pthread_create(&threads[1], NULL, set, NULL);
  pthread_create(&threads[2], NULL, look, NULL);
  for (int i = 0; i < 3; ++i) pthread_join(threads[i], NULL);
  return 0;
}
