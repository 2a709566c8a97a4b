import { z } from 'zod';
import { parseAddress } from '../model/address.ts';
import { MAX_PORT } from '../model/port-range.ts';
import { FAMILIES, PROTOCOLS } from '../model/protocol.ts';
import { SOCKET_OPTION_NAMES } from '../model/socket-option.ts';
import { profileFileSchema } from '../profile/profile-file.ts';

/** What a script may ask for, so that no file keeps the lab busy for a day. */
export const SCRIPT_LIMITS = {
  steps: 10_000,
  fill: 1_048_576,
  fillInAll: 16_777_216,
  waitSeconds: 86_400,
  name: 64,
  addresses: 4_096,
  /** One number of the stack's is the lab's own. */
  processes: 1_023,
} as const;

const printable = /^[^\p{Cc}]+$/u;
const name = z
  .string()
  .min(1)
  .max(SCRIPT_LIMITS.name)
  .regex(printable, 'has a control character in it');
const made = name.describe('Name for what this step makes; later steps call it so');
const socket = name.describe('A socket, by the name an earlier step gave it');
const process = name.describe('The process that owns the socket; left out: the lab’s own');
const protocol = z.enum(PROTOCOLS).default('tcp');
const family = z.enum(FAMILIES).default('ipv4');
const port = z.int().min(0).max(MAX_PORT);
const address = z
  .string()
  .max(100)
  .refine((text) => parseAddress(text) !== undefined, 'is no IP address');
const specific = address.refine(
  (text) => parseAddress(text)?.wildcard !== true,
  'is the wildcard address: a specific one is needed',
);
const option = z.enum(SOCKET_OPTION_NAMES);

const expectation = z
  .strictObject({
    ok: z.boolean().describe('Did the call succeed? Of a fill: were all sockets bound?'),
    code: z.int().min(0).max(MAX_PORT).describe('0, or the Windows Sockets error'),
    bound: z.int().min(0).describe('Of a fill: sockets bound'),
    port: port.describe('The local port'),
    value: z.int().min(0).max(4_294_967_295).describe('What getsockopt read'),
    address: address.describe('The local address'),
  })
  .partial();

const expect = expectation
  .optional()
  .describe('What the step must answer; a miss makes the whole script fail with exit status 4');

const block = z.strictObject({
  start: z.int().min(1).max(MAX_PORT),
  count: z.int().min(1).max(MAX_PORT),
});

/** Each kind of step, by its `op`. Fields are what contracts with script writers say: no others. */
export const STEP_SCHEMAS = {
  socket: z.strictObject({
    op: z.literal('socket'),
    as: made,
    protocol,
    family,
    process: process.optional(),
    expect,
  }),
  setsockopt: z.strictObject({
    op: z.literal('setsockopt'),
    socket,
    option,
    value: z
      .int()
      .min(-2_147_483_648)
      .max(4_294_967_295)
      .describe('32 bits; the lab’s options take 0 as off, all else as on'),
    expect,
  }),
  getsockopt: z.strictObject({ op: z.literal('getsockopt'), socket, option, expect }),
  bind: z.strictObject({
    op: z.literal('bind'),
    socket,
    address: address.describe('A local address, or the wildcard address 0.0.0.0 or ::'),
    port: port.describe('0 asks for a wildcard port'),
    expect,
  }),
  getsockname: z.strictObject({ op: z.literal('getsockname'), socket, expect }),
  fill: z
    .strictObject({
      op: z.literal('fill'),
      as: made,
      address: address.describe('Where all of them are bound'),
      protocol,
      family,
      options: z.array(option).max(16).default([]).describe('Set to 1 on each, before its bind'),
      count: z.int().min(1).max(SCRIPT_LIMITS.fill).describe('How many sockets at most'),
      process: process.optional(),
      reservation: name.optional().describe('Associate each with this reservation first'),
      pool: block
        .extend({ order: z.enum(['sequential', 'random']).default('sequential') })
        .optional()
        .describe(
          'The application’s own pool: ports it names itself, the next one where one is taken',
        ),
      expect,
    })
    .refine((step) => step.reservation === undefined || step.pool === undefined, {
      message: 'take either "reservation" or "pool"',
      path: ['pool'],
    })
    .refine(({ pool }) => pool === undefined || pool.start + pool.count - 1 <= MAX_PORT, {
      message: `reaches beyond port ${MAX_PORT}`,
      path: ['pool'],
    }),
  listen: z.strictObject({
    op: z.literal('listen'),
    socket,
    backlog: z.int().min(1).max(2_147_483_647).default(128),
    expect,
  }),
  connect: z.strictObject({
    op: z.literal('connect'),
    socket,
    remote: z
      .union([
        z.strictObject({ address, port }),
        z.strictObject({
          listener: specific.describe('A local address the lab itself listens on'),
          port: z.int().min(1).max(MAX_PORT).optional().describe('Left out: the lab chooses one'),
        }),
      ])
      .describe('{ "address", "port" }, or { "listener": a local address }'),
    expect,
  }),
  accept: z.strictObject({
    op: z.literal('accept'),
    socket: socket.describe('A listening socket'),
    as: made,
    expect,
  }),
  close: z
    .strictObject({
      op: z.literal('close'),
      socket: name.describe('A socket, or a fill: then all of its sockets'),
      by: z
        .enum(['local', 'remote'])
        .optional()
        .describe('remote: the peer closed first, so no TIME_WAIT stays here'),
      abort: z.boolean().optional().describe('Reset the connection: no TIME_WAIT'),
      expect,
    })
    .refine((step) => step.by === undefined || step.abort !== true, {
      message: 'take either "by" or "abort"',
      path: ['abort'],
    }),
  wait: z.strictObject({
    op: z.literal('wait'),
    seconds: z.number().min(0).max(SCRIPT_LIMITS.waitSeconds),
    expect,
  }),
  exit: z.strictObject({
    op: z.literal('exit'),
    process: process.describe('Ends, and its sockets close'),
    expect,
  }),
  reserve: z
    .strictObject({
      op: z.literal('reserve'),
      as: made.optional(),
      socket: name
        .optional()
        .describe(
          'An unbound socket it shall hang on; left out: one of its own, called as "as" says',
        ),
      protocol: z.enum(PROTOCOLS).optional(),
      family: z.enum(FAMILIES).optional(),
      start: port.default(0).describe('First port; 0 lets the system choose'),
      count: z.int().min(1).max(MAX_PORT),
      process: process.optional(),
      expect,
    })
    .refine((step) => step.as !== undefined || step.socket !== undefined, {
      message: 'is missing: name the reservation, or the socket it hangs on',
      path: ['as'],
    })
    .refine(
      ({ socket, protocol, family, process }) =>
        socket === undefined ||
        (protocol === undefined && family === undefined && process === undefined),
      {
        message: 'has these already: leave out protocol, family and process',
        path: ['socket'],
      },
    ),
  associate: z
    .strictObject({
      op: z.literal('associate'),
      socket,
      reservation: name.optional().describe('The name of a reserve step or of its socket'),
      block: block.optional().describe('A persistent reservation the host has already'),
      expect,
    })
    .refine((step) => (step.reservation === undefined) !== (step.block === undefined), {
      message: 'is needed, or "block", and not both',
      path: ['reservation'],
    }),
  addressAdd: z.strictObject({
    op: z.literal('addressAdd'),
    address: specific,
    adapter: name.optional(),
    expect,
  }),
  addressRemove: z.strictObject({
    op: z.literal('addressRemove'),
    address: specific.refine(
      (text) => parseAddress(text)?.loopback !== true,
      'is a loopback address: those can’t be removed',
    ),
    expect,
  }),
} as const;

export type StepOp = keyof typeof STEP_SCHEMAS;
export type StepOf<O extends StepOp> = z.infer<(typeof STEP_SCHEMAS)[O]>;
export type Step = { [O in StepOp]: StepOf<O> }[StepOp];
export type Expectation = z.infer<typeof expectation>;

/** A script but for its steps, which are checked one by one so that an error can name one. */
const head = {
  $schema: z.string().max(1_000).optional().describe('For editors; the lab does not read it'),
  portlab: z.literal('script/1').describe('What this file is, and its version'),
  title: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\p{Cf}]+$/u, 'has a character in it that can’t be printed')
    .optional(),
  profile: profileFileSchema.optional().describe('The host the simulated stack poses as'),
};

export const scriptHeadSchema = z.strictObject({ ...head, steps: z.array(z.unknown()) });

const [first, ...rest] = Object.values(STEP_SCHEMAS);

const scriptSchema = z
  .strictObject({
    ...head,
    steps: z
      .array(z.discriminatedUnion('op', [first!, ...rest]))
      .max(SCRIPT_LIMITS.steps)
      .describe('Run one after the other; a failed call is an answer, not the end'),
  })
  .describe('A scenario script of the Port Scalability Lab, run by portlab script');

/** The JSON Schema of a script file, for editors: docs/scenarios/script.schema.json. */
export function scriptJsonSchema(): object {
  const schema = z.toJSONSchema(scriptSchema, { io: 'input', reused: 'inline' });
  // Words of VS Code's own: without them it marks what the lab reads gladly.
  return { ...schema, allowComments: true, allowTrailingCommas: true };
}
