import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

export type Headers = Readonly<Record<string, string | string[]>>;

/** The beginning of an answer; its body is still to be read. */
export interface Head {
  status: number;
  headers: Readonly<Record<string, string | string[] | number | undefined>>;
  body: Readable;
}

/** One request as it goes over a wire; `body` only with a method that has one. */
export interface Message {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  headers: Headers;
  body?: string;
}

/** An open connection that requests can be sent over, several at a time. */
export interface Wire {
  /** Sends a request; rejects with Node's error. The signal ends request and body. */
  send(message: Message, signal: AbortSignal): Promise<Head>;
  /** Whether new requests are accepted: a server may ask a client to connect anew. */
  isOpen(): boolean;
  close(): void;
}

/** Makes a wire of an open socket; `redial` opens further ones, should the protocol need them. */
export type MakeWire = (socket: Socket, server: URL, redial: () => Promise<Socket>) => Wire;

/** What a request ends with when the connection closes first. */
export function resetError(): Error {
  return Object.assign(new Error('connection closed'), { code: 'ECONNRESET' });
}
