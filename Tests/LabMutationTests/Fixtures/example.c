#define PORT 3333
#define htons(x) swap(x)

typedef unsigned int size_t;
typedef int ssize_t;
unsigned short swap(unsigned short value);
ssize_t receive(int client, char *buffer, size_t size);
ssize_t send(int client, const char *data, size_t length);
size_t strlen(const char *text);
int memcmp(const void *one, const void *other, size_t size);
void close(int client);
void vTaskDelay(unsigned int ticks); int xTaskCreate(int (*task)(int), const char *name, unsigned int stack);

static int tries;

static int serve(int client)
{
    char buffer[64];
    size_t length = 0;
    for (;;) {
        ssize_t count = receive(client, buffer, sizeof(buffer) - 1);
        if (count < 0) {
            break;
        }
        if (count == 0 && length > 0) {
            return -1;
        }
        length += count;
        if (memcmp(buffer, "GET\r\n", length) == 0) {
            send(client, "OK\n", strlen("OK\n")); // an answer
            tries++;
        }
    }
    close(client);
    vTaskDelay(100);
    return htons(PORT);
}

int app_main(void)
{
    xTaskCreate(serve, "serve", 4096);
    return serve(3);
}
