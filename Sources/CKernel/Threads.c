#include <pthread.h>
#include <stdlib.h>

#include "CKernel.h"

static void *wait_for(void *gate) {
  pthread_mutex_lock(gate);
  pthread_mutex_unlock(gate);
  return NULL;
}

int kernel_thread_shortage(int count) {
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  pthread_t *threads = calloc(count > 0 ? (size_t)count : 1, sizeof *threads);
  if (threads == NULL) abort();
  int made = 0;
  int shortage = 0;
  // All of them exist at once before any may end.
  pthread_mutex_lock(&gate);
  while (made < count && shortage == 0) {
    shortage = pthread_create(&threads[made], NULL, wait_for, &gate);
    if (shortage == 0) made += 1;
  }
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < made; i++) pthread_join(threads[i], NULL);
  free(threads);
  return shortage;
}
