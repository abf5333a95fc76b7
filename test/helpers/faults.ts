import { constants } from 'node:http2';
import type { Behaviour, Request, Response } from './server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers with this status and body. */
export function answer(status: number, body: string, headers: Record<string, string> = JSON_TYPE): Behaviour {
  return (_request, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** Answers with a Status object, as an API server refuses. */
export function status(code: number, message: string, headers: Record<string, string> = {}): Behaviour {
  return answer(code, JSON.stringify({ kind: 'Status', code, message }), { ...JSON_TYPE, ...headers });
}

/** Answers with a web page. */
export function page(code: number): Behaviour {
  return answer(code, '<!DOCTYPE html><title>Sign in</title>', { 'content-type': 'text/html; charset=utf-8' });
}

/** Takes the request and never answers. */
export const silence: Behaviour = () => undefined;

/** Begins an answer, and never ends it. */
export const stall: Behaviour = (_request, response) => begin(response);

/** Sends one byte now and then, for ever. */
export const drip: Behaviour = (request, response) => {
  begin(response);
  const timer = setInterval(() => response.write(' '), 10);
  request.on('close', () => clearInterval(timer));
  response.on('close', () => clearInterval(timer));
};

/** Begins an answer, then breaks the connection (HTTP/1.1) or the stream (HTTP/2). */
export const reset: Behaviour = (request, response) => {
  begin(response);
  setTimeout(() => cut(request), 5);
};

/** Ends an answer before the length that it announced. */
export const shortBody: Behaviour = (request, response) => {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' });
  response.write('{"kind": ');
  setTimeout(() => (request.httpVersion === '2.0' ? response.end() : cut(request)), 5);
};

/** Asks the client to connect anew after this answer, as kube-apiserver does with --goaway-chance (HTTP/2 only). */
export function goAway(behaviour: Behaviour): Behaviour {
  return (request, response) => {
    request.stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    behaviour(request, response);
  };
}

function begin(response: Response): void {
  response.writeHead(200, JSON_TYPE);
  response.write('{"kind": ');
}

function cut(request: Request): void {
  if (request.httpVersion === '2.0') request.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else request.socket.destroy();
}
