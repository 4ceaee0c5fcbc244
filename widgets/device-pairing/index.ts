export { FrontdeskDevicePairing } from './device-pairing.js';
export { createPairing, readOrMakeToken, type Pairing, type PairingOptions, type PairingState } from './pairing.js';
