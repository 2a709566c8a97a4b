/*
 * The calls of WinsockStack.fill, in C: for each socket WSASocketW, setsockopt and getsockopt of
 * SO_PORT_SCALABILITY, bind to port 0, getsockname; then all are closed. One clock reading between
 * two calls, errors read as the stack reads them. Usage: winsock COUNT. Prints ns a socket; a warm-up
 * and the closing are not counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#define SO_PORT_SCALABILITY 0x3006
#define ADDRESSES 8
#define WARM_UP 5000

static LARGE_INTEGER frequency;
static volatile long long durations;

static long long now(void) {
  LARGE_INTEGER counter;
  QueryPerformanceCounter(&counter);
  return counter.QuadPart * (1000000000 / frequency.QuadPart);
}

static int last_error(void) {
  int code = WSAGetLastError();
  WSASetLastError(0);
  return code;
}

/* @return how many sockets were bound */
static int bind_many(SOCKET *sockets, int count, struct sockaddr_in *addresses) {
  for (int i = 0; i < count; i++) {
    long long t0 = now();
    SOCKET s = WSASocketW(AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0,
                          WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
    if (s == INVALID_SOCKET) return i;
    long long t1 = now();
    int value = 1;
    if (setsockopt(s, SOL_SOCKET, SO_PORT_SCALABILITY, (char *)&value, 4) != 0) return i;
    long long t2 = now();
    int length = 4;
    if (getsockopt(s, SOL_SOCKET, SO_PORT_SCALABILITY, (char *)&value, &length) != 0) last_error();
    long long t3 = now();
    struct sockaddr_in *address = &addresses[i % ADDRESSES];
    if (bind(s, (struct sockaddr *)address, sizeof *address) != 0) return i;
    long long t4 = now();
    struct sockaddr_in6 name;
    length = sizeof name;
    if (getsockname(s, (struct sockaddr *)&name, &length) != 0) return i;
    long long t5 = now();
    durations += (t1 - t0) + (t2 - t1) + (t3 - t2) + (t4 - t3) + (t5 - t4);
    sockets[i] = s;
  }
  return count;
}

int main(int argc, char **argv) {
  int count = argc > 1 ? atoi(argv[1]) : 2000;
  WSADATA data;
  if (count < WARM_UP || WSAStartup(0x0202, &data) != 0) return 1;
  QueryPerformanceFrequency(&frequency);
  SOCKET *sockets = malloc(sizeof(SOCKET) * count);
  struct sockaddr_in addresses[ADDRESSES] = {{0}};
  for (int i = 0; i < ADDRESSES; i++) {
    addresses[i].sin_family = AF_INET;
    addresses[i].sin_addr.s_addr = htonl(0x7f000002 + i);
  }
  if (bind_many(sockets, WARM_UP, addresses) != WARM_UP) return 2;
  for (int i = 0; i < WARM_UP; i++) closesocket(sockets[i]);
  long long begin = now();
  if (bind_many(sockets, count, addresses) != count) return 2;
  double each = (double)(now() - begin) / count;
  for (int i = 0; i < count; i++) closesocket(sockets[i]);
  WSACleanup();
  printf("%.1f\n", each);
  return 0;
}
