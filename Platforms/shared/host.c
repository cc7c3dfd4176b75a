// The portable host: answers one message after another. A message is its length (32 bits, the lowest byte first) and its
// bytes; an answer has the same form.
#include "platform.h"

static uint32_t number(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

int main(void) {
  uint8_t head[4];
  while (platform_read(head, sizeof head)) {
    uint32_t count = number(head);
    void *message = mqjs_allocate(count);
    if (!platform_read(message, count)) platform_fail();
    uint8_t *answer = mqjs_answer(message, count);
    mqjs_release(message);
    platform_write(answer, sizeof head + number(answer));
    mqjs_release(answer);
  }
  return 0;
}
