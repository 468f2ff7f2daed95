/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open descriptors on their way from one process to another over a unix socket, as SCM_RIGHTS (unix(7), cmsg(3)): the macros that
 * lay out such a message cannot be used from Swift.
 */
#ifndef LAB_DESCRIPTORS_H
#define LAB_DESCRIPTORS_H

/**
 * Sends a byte and, with it, a descriptor. The sender keeps its own.
 *
 * @param channel     a connected unix stream socket
 * @param descriptor  what to send; -1 to send the byte alone, which says that there is none
 * @return 0, or -1 with errno as sendmsg(2) sets it. It raises no SIGPIPE.
 */
int lab_send_descriptor(int channel, int descriptor);

/**
 * Receives a byte and the descriptor that came with it.
 *
 * @param channel  a connected unix stream socket
 * @return the descriptor, to be closed by the caller and not inherited by programs that it starts; or -1 with errno as recvmsg(2)
 *         sets it, ECONNRESET at the end of the stream, EBADMSG where no descriptor or more than one came with the byte
 */
int lab_receive_descriptor(int channel);

#endif
