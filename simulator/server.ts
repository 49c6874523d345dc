import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createControl } from './control/control';
import { isForeign } from './http/foreign';
import { readCall } from './http/read-call';
import { respond } from './http/respond';
import { text } from './http/call';
import { createPhone } from './phone/phone';
import { createSpotifyServices } from './spotify-services';
import { loadState, saveState } from './world/state-file';
import { createWorld, type SimulatorOptions } from './world/world';

/** A running simulator. */
export interface Simulator {
  /** Origin of both services and of the control endpoint, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly controlSecret: string;
  /** Stops listening, closes every connection and saves what a restart needs. */
  stop(): Promise<void>;
}

/**
 * Starts a stand-in for Spotify on 127.0.0.1. Rejects when the port is taken.
 *
 * The clock is injectable; everything else that a test wants to change goes over the control endpoint.
 */
export async function startSimulator(
  input: Partial<SimulatorOptions> &
    Pick<SimulatorOptions, 'clientId' | 'clientSecret' | 'redirectUris' | 'controlSecret'>,
): Promise<Simulator> {
  const options: SimulatorOptions = { port: 0, stateFile: null, lagMs: 400, basePath: '', clock: Date.now, ...input };
  const server = createServer();
  const port = (): number => {
    const address = server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  };
  const save = (): void => {
    if (options.stateFile !== null) saveState(world, options.stateFile);
  };
  const world = createWorld(options, { port, changed: save });
  if (options.stateFile !== null) loadState(world, options.stateFile);
  const service = createSpotifyServices(world);
  const control = createControl(world);
  const phone = createPhone(world);

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isForeign(request.headers)) {
      respond(response, text(403, 'Loopback only.'), options.clock());
      return;
    }
    const left = new AbortController();
    response.once('close', () => left.abort());
    const call = await readCall(request);
    if (call === null) {
      request.socket.destroy();
      return;
    }
    const dateMs = options.clock() + world.settings.clockSkewMs;
    if (service.owns(call.path)) {
      const result = await service.serve(call, left.signal);
      if (result.kind === 'answer') respond(response, result.answer, dateMs);
      else if (result.kind === 'reset') request.socket.resetAndDestroy();
      else request.socket.destroy();
    } else if (control.owns(call.path)) {
      respond(response, await control.serve(call, left.signal), dateMs);
    } else if (phone.owns(call.path)) {
      respond(response, phone.serve(call), dateMs);
    } else {
      respond(response, text(404, 'Not found'), dateMs);
    }
  };

  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      const where = `${request.method} ${request.url?.split('?')[0]}`;
      process.stderr.write(
        `The simulator failed on ${where}: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
      if (response.headersSent) request.socket.destroy();
      else respond(response, text(500, 'The simulator has a bug; see its output.'), options.clock());
    });
  });
  // Longer than clients keep a connection idle, or now and then one would send on a connection just closed.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: `http://127.0.0.1:${port()}`,
    controlSecret: options.controlSecret,
    async stop() {
      save();
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}
