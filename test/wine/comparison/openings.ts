import { FOREIGN, LISTENER, type ScriptWriter } from './script-writer.ts';

const [A, B, C] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const OTHER_LISTENER = '127.0.0.10';
const MORE = 9;
const FEW = 4;

/**
 * First acts of a script, while its pools are untouched. Chance alone would rarely come to them, and
 * each is where one of Wine's rules shows.
 */
export const OPENINGS: readonly ((writer: ScriptWriter) => void)[] = [
  /** One UDP port on two addresses; an address the host lacks; a connection between two sockets here. */
  (writer) => {
    const [port, other] = [writer.portForOne(), writer.portForOne()];
    if (port === undefined || other === undefined) return;
    for (const address of [A, B]) writer.bind(writer.socket('udp', 'ipv4'), address, port);
    const foreign = writer.socket('tcp', 'ipv4');
    writer.say({ op: 'bind', socket: foreign.name, address: FOREIGN, port: 0 });
    const listener = writer.socket('tcp', 'ipv4');
    writer.bind(listener, A, other);
    writer.listen(listener);
    writer.connectHere(writer.socket('tcp', 'ipv4'), B, listener);
  },
  /** Unbound sockets connect until no number is left for one remote endpoint, then to another. */
  (writer) => {
    writer.fill('tcp', 'ipv4', A, [], writer.range.count - FEW);
    for (let i = 0; i < FEW + 2; i++) writer.connect(writer.socket('tcp', 'ipv4'), LISTENER);
    for (let i = 0; i < 2; i++) writer.connect(writer.socket('tcp', 'ipv4'), OTHER_LISTENER);
  },
  /** A port in TIME_WAIT is asked for by its name, and by wildcard. */
  (writer) => {
    const port = writer.portForOne();
    if (port === undefined) return;
    for (const [address, asked] of [
      [A, port],
      [B, 0],
    ] as const) {
      const held = writer.socket('tcp', 'ipv4');
      writer.bind(held, address, asked);
      writer.connect(held);
      writer.close(held, 'local');
    }
    writer.bind(writer.socket('tcp', 'ipv4'), A, port);
    writer.closeFill(writer.fill('tcp', 'ipv4', B, [], writer.range.count + MORE));
  },
  /** Option-less sockets take all of one address; the others with the option, and with all three. */
  (writer) => {
    const { count } = writer.range;
    writer.fill('tcp', 'ipv4', A, [], count);
    writer.closeFill(writer.fill('tcp', 'ipv4', B, ['SO_PORT_SCALABILITY'], count + MORE));
    writer.fill('tcp', 'ipv4', C, ['SO_PORT_SCALABILITY', 'SO_REUSE_UNICASTPORT'], 1);
    writer.fill('tcp', 'ipv4', C, ['SO_REUSE_UNICASTPORT', 'SO_RANDOMIZE_PORT'], 1);
  },
  /** A socket on the wildcard address connects; then others ask for what it holds. */
  (writer) => {
    const held = writer.socket('tcp', 'ipv4');
    writer.bind(held, '0.0.0.0', 0);
    writer.connect(held);
    writer.closeFill(writer.fill('tcp', 'ipv4', A, [], writer.range.count + MORE));
  },
];
