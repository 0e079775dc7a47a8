/**
 * Makes Kit's types and the compiled words: a vite server does both when it starts, by the one configuration there is, and
 * this one is stopped before it serves.
 */
import { createServer } from 'vite';
import { ROOT } from './run-command.ts';

const server = await createServer({
	root: ROOT,
	logLevel: 'warn',
	server: { middlewareMode: true, watch: null, ws: false },
	optimizeDeps: { noDiscovery: true },
	appType: 'custom',
});
await server.close();
