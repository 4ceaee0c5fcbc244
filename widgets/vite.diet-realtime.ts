/**
 * What the realtime library leaves at home. It can do much that we never ask of it: it may reconnect by itself (our connection decides
 * that), carry buffers (the protocol is JSON), run in Node, in React Native and in browsers without XMLHttpRequest 2, share one connection
 * between namespaces and remember what could not be sent. Whoever visits a website should not fetch that.
 *
 * Nothing here changes what is left: a member or a statement goes, or a helper becomes what it comes to in every browser that we support.
 */
import type { Cut } from './vite.diet.js';

/** The releases that the cuts were written for; another one wants them read again, and stops the build until that is done. */
export const REALTIME_RELEASES: Readonly<Record<string, string>> = {
  'socket.io-client': '4.8.4',
  'socket.io-parser': '4.2.7',
  'engine.io-client': '6.6.8',
  'engine.io-parser': '5.2.3',
  '@socket.io/component-emitter': '3.1.2',
};

const NO_BUFFERS = 'The protocol is JSON; no payload holds a buffer or a file.';
const OWN_RECONNECTION = 'Our connection opens a new socket when it thinks best; this one never reconnects.';
const BROWSERS_ONLY = 'What other platforms and browsers of long ago need.';
const NEVER_ASKED = 'We never call it, or never set the option.';

const without = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, '']));

export const REALTIME_CUTS: readonly Cut[] = [
  {
    module: 'socket.io-client/build/esm/index.js',
    find: /^[\s\S]*$/,
    replace:
      "import { Manager } from './manager.js';" +
      'export const io = (uri, options) => new Manager(uri, options).socket(new URL(uri).pathname, options);',
    why: 'Every call brings its whole address and wants a connection of its own.',
  },
  {
    module: 'socket.io-client/build/esm/socket.js',
    members: without(
      'disconnected',
      'send',
      '_addToQueue',
      '_drainQueue',
      'close',
      'compress',
      'volatile',
      'prependAny',
      'listenersAny',
      'onAnyOutgoing',
      'prependAnyOutgoing',
      'offAnyOutgoing',
      'listenersAnyOutgoing',
      'notifyOutgoingListeners',
    ),
    find: /const RESERVED_EVENTS[\s\S]*?\}\);|if \(RESERVED_EVENTS\.has[\s\S]*?\n {8}\}|if \(this\._opts\.retries[\s\S]*?\n {8}\}|this\.(?:notifyOutgoingListeners\(packet\)|_drainQueue\(true\));|(?<=new Error\()"It seems[^"]*"/g,
    replace: '',
    why: NEVER_ASKED,
  },
  {
    module: 'socket.io-client/build/esm/manager.js',
    members: without(
      'reconnection',
      'reconnectionAttempts',
      'reconnectionDelay',
      'randomizationFactor',
      'reconnectionDelayMax',
      'timeout',
      'maybeReconnectOnOpen',
      'connect',
      'disconnect',
      'reconnect',
      'onreconnect',
    ),
    find: /import \{ Backoff \}.*|const _parser = .*;|_(?=parser\.)|this\.reconnection\(opts[\s\S]*?this\.timeout\((?=null)|(?<=20000 : opts\.timeout)\)|this\.backoff\.reset\(\);|if \(this\._reconnection && [\s\S]*?\n {8}\}|else \{\s*\/\/ Only do this[\s\S]*?\n {12}\}/g,
    replace: (found) => (found.endsWith('timeout(') ? 'this._timeout=(' : found === ')' ? found : ''),
    why: OWN_RECONNECTION,
  },
  {
    module: 'socket.io-parser/build/esm/index.js',
    members: {
      ...without('encodeAsBinary'),
      encode: 'encode(packet) { return [this.encodeAsString(packet)]; }',
      add: "add(text) { if (typeof text !== 'string') throw new Error('binary'); super.emitReserved('decoded', this.decodeString(text)); }",
      destroy: 'destroy() {}',
    },
    find: /import .* from "\.\/(?:is-)?binary\.js";|if \((?:obj|p)\.type === PacketType\.BINARY_EVENT[\s\S]*?\n {8}\}/g,
    replace: '',
    why: NO_BUFFERS,
  },
  {
    module: 'engine.io-parser/build/esm/encodePacket.browser.js',
    find: /const withNativeBlob[\s\S]*$/,
    replace:
      "export const encodePacket = ({ type, data }, _supportsBinary, callback) => callback(PACKET_TYPES[type] + (data || ''));" +
      'export const encodePacketToBinary = encodePacket;',
    why: NO_BUFFERS,
  },
  {
    module: 'engine.io-parser/build/esm/decodePacket.browser.js',
    find: /import \{ decode \}.*|const withNative.*|(?<=!== "string"\) \{)[\s\S]*?(?=\n {4}\})|if \(type === "b"\) \{[\s\S]*?\n {4}\}|const decodeBase64Packet[\s\S]*$/g,
    replace: (found) => (/^\s+return/.test(found) ? 'return ERROR_PACKET;' : ''),
    why: NO_BUFFERS,
  },
  {
    module: 'engine.io-client/build/esm/transports/index.js',
    find: /import \{ WT \}.*|\s*webtransport: WT,/g,
    replace: '',
    why: 'The server speaks WebSocket and polling.',
  },
  {
    module: 'engine.io-client/build/esm/contrib/parseuri.js',
    find: /^[\s\S]*$/,
    replace:
      'export function parse(text) { const { hostname, port, protocol, search } = new URL(text);' +
      "return { host: hostname.replace(/[[\\]]/g, ''), port, protocol: protocol.slice(0, -1), query: search.slice(1) }; }",
    why: BROWSERS_ONLY,
  },
  {
    module: 'engine.io-client/build/esm/util.js',
    find: /if \(opts\.useNativeTimers\) \{[\s\S]*?\n {4}\}\s*else (?=\{)|(?<=utf8Length\(obj\);\s*\})[\s\S]*?BASE64_OVERHEAD\);/g,
    replace: '',
    why: NO_BUFFERS,
  },
  {
    module: 'engine.io-client/build/esm/socket.js',
    members: {
      ...without('send', '_probe', '_filterUpgrades'),
      close: `close() {
        const close = () => { this._onClose('forced close'); this.transport.close(); };
        if ('opening' === this.readyState || 'open' === this.readyState) {
          this.readyState = 'closing';
          if (this.writeBuffer.length) this.once('drain', close);
          else close();
        }
        return this;
      }`,
    },
    find: /if \("open" === this\.readyState && this\.opts\.upgrade\) \{[\s\S]*?\n {8}\}|this\._upgrades = this[^;]*;|if \(uri && "object"[\s\S]*?\n {8}\}|else if \(opts\.host\) \{[\s\S]*?\n {8}\}|if \(opts\.transportImplementations &&[\s\S]*?\n {8}\}\n|if \(opts\.transportImplementations \|\|[\s\S]*?\n {8}\}\s*else (?=\{)|if \(typeof this\.opts\.query === "string"\) \{[\s\S]*?\n {8}\}|if \(this\.opts\.closeOnBeforeunload\) \{[\s\S]*?\n {12}\}|if \(this\._beforeunloadEventListener\) \{[\s\S]*?\n {16}\}|if \(this\.opts\.withCredentials\) \{[\s\S]*?\n {8}\}|perMessageDeflate: \{[\s\S]*?\},|rejectUnauthorized: true,|agent: false,/g,
    replace: '',
    why: 'Options that we never set. WebSocket is tried first, so whoever polls has been refused one and is not upgraded.',
  },
  {
    module: 'engine.io-client/build/esm/transports/polling.js',
    members: without('pause'),
    why: 'Only an upgrade pauses a transport.',
  },
  {
    module: 'engine.io-client/build/esm/transports/polling-xhr.js',
    members: {
      // The constructor of the class `BaseXHR` finds out for Internet Explorer whether the server is another host.
      'BaseXHR.constructor': '',
    },
    find: /import \{ hasCORS \}.*|const opts = pick\([^)]*\);|opts\.xdomain = [^;]*;|(?<=createRequest\()opts(?=\))|try \{\s*if \(this\._opts\.extraHeaders\) \{[\s\S]*?catch \(e\) \{ \}\n(?=\s*if \("POST)|\(_a = this\._opts\.cookieJar\)[^;]*;|if \(xhr\.readyState === 3\) \{[\s\S]*?\n {16}\}|if \(typeof attachEvent === "function"\) \{[\s\S]*?\n {4}\}\s*else |(?<=const hasXHR2 = )[\s\S]*?\}\)\(\)|function newRequest[\s\S]*$/g,
    replace: (found) =>
      found.startsWith('function')
        ? 'const newRequest = () => new XMLHttpRequest();'
        : found.endsWith(')()')
          ? 'true'
          : '',
    why: BROWSERS_ONLY,
  },
  {
    module: '@socket.io/component-emitter/lib/esm/index.js',
    find: /(?<=function Emitter\()obj\) \{[\s\S]*?return obj;\s*\}|\/\*\*[^/]*\*\/\s*Emitter\.prototype\.listeners[\s\S]*$/g,
    replace: (found) => (found.startsWith('obj') ? ') {}' : ''),
    why: NEVER_ASKED,
  },
  {
    module: 'engine.io-client/build/esm/transports/websocket.js',
    find: /const isReactNative[\s\S]*?;|const opts = isReactNative[\s\S]*?\);|if \(this\.opts\.extraHeaders\) \{[\s\S]*?\n {8}\}|(?<=createSocket\(uri, protocols), opts(?=\);)|return !isReactNative[\s\S]*?protocols, opts\);|if \(this\.opts\.autoUnref\) \{[\s\S]*?\n {12}\}| \|\| globalThis\.MozWebSocket/g,
    replace: (found) => (found.startsWith('return') ? 'return new WebSocketCtor(uri);' : ''),
    why: BROWSERS_ONLY,
  },
];
