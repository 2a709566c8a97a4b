import { z } from 'zod';
import { OP } from '#engine/event/op.ts';
import { LAB_ERROR_KINDS } from '#engine/model/lab-error.ts';
import { FAMILIES, PROTOCOLS } from '#engine/model/protocol.ts';
import { SOCKET_OPTION_NAMES } from '#engine/model/socket-option.ts';
import { CLOSE_HOW, type CloseHow } from '#engine/stack/socket-stack.ts';

/**
 * What the lab and a probe say to each other, over IPC with structured clones: both ends are the same
 * Node. Sockets are numbered by the probe here, and addresses are texts: each side has its own table.
 */
const port = z.int().min(0).max(65_535);
const socket = z.int().min(1);
const sockets = z.array(socket);
const how = z.enum(Object.keys(CLOSE_HOW) as CloseHow[]);
const kind = {
  protocol: z.enum(PROTOCOLS),
  family: z.enum(FAMILIES),
  options: z.array(z.enum(SOCKET_OPTION_NAMES)),
};

const callSchema = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('open'),
    ...kind,
    address: z.string(),
    port,
    count: z.int().min(0),
    keep: z.boolean(),
    how,
  }),
  z.strictObject({ name: z.literal('names'), sockets }),
  z.strictObject({ name: z.literal('close'), sockets, how }),
  z.strictObject({
    name: z.literal('connect'),
    ...kind,
    socket: socket.nullable(),
    remote: z.string(),
    port,
  }),
]);

export type ProbeCall = z.infer<typeof callSchema>;

export const toProbeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: z.int(), call: callSchema }),
  /** The run is to stop: what goes on ends early, and what comes later does next to nothing. */
  z.strictObject({ kind: z.literal('stop') }),
  /** Close everything, say so, and go. */
  z.strictObject({ kind: z.literal('end') }),
]);

export type ToProbe = z.infer<typeof toProbeSchema>;

/** What each call answers. */
export const ANSWERS = {
  open: z.strictObject({
    bound: z.array(z.strictObject({ socket, port })),
    refused: z.strictObject({ op: z.enum(OP), code: z.int() }).nullable(),
  }),
  names: z.array(z.int()),
  close: z.undefined(),
  connect: z.strictObject({ socket: z.int().min(0), port, code: z.int() }),
};

export const fromProbeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    /** When its stack's clock began, ns of the system's monotonic clock, which all processes share. */
    clockOrigin: z.bigint(),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    error: z.strictObject({
      kind: z.enum(LAB_ERROR_KINDS),
      message: z.string(),
      hint: z.string(),
    }),
  }),
  /** Calls it has made: the columns of an EventBatch, before the answer they lead to. */
  z.strictObject({
    kind: z.literal('rows'),
    buffer: z.instanceof(ArrayBuffer),
    length: z.int().min(0),
    /** Entries of its address table that are new since the rows before. */
    addresses: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('answer'), id: z.int(), result: z.unknown() }),
  /** The call can't be made at all: a fault of the lab. */
  z.strictObject({ kind: z.literal('fault'), id: z.int(), message: z.string() }),
  z.strictObject({ kind: z.literal('ended') }),
]);

export type FromProbe = z.infer<typeof fromProbeSchema>;
