// SPDX-License-Identifier: Apache-2.0
//
// A user namespace in which root makes a sandbox and an ordinary user runs in it (user_namespaces(7)).
#ifndef LAB_GUARD_USER_NAMESPACE_H
#define LAB_GUARD_USER_NAMESPACE_H

#include <sys/types.h>

/** The two ends between which parent and child say that a step is done. */
typedef struct {
    int parent, child;
} handshake_t;

/** Makes one; to be called before fork(2). Returns 0, or -1 with errno. */
int make_handshake(handshake_t *handshake);

/**
 * Enters a new user namespace and waits until the parent has given it its users; then nobody in it can make another one. The calling process
 * is root there, with all capabilities over what the namespace owns, and over nothing else. Returns 0, or -1 with errno.
 */
int enter_user_namespace(const handshake_t *handshake);

/**
 * Gives a child's new namespace two users and groups: 0 and `user`, each of which is the same outside. The caller is root.
 * Returns 0, or -1 with errno; the child then fails as well.
 */
int map_users(const handshake_t *handshake, pid_t child, unsigned long user);

#endif
