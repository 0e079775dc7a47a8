import type { Listening } from './serve.ts';

/** How long running requests may take to finish, and then the application's jobs. */
const PATIENCE = 10_000;

/** A second Ctrl-C ends the process at once; npm and the terminal send the first one twice. */
const DOUBLE = 1_000;

/**
 * Ends the process in order when it is asked to: requests finish, then the application is told
 * (`sveltekit:shutdown`: it stops its jobs and closes its pool), and when nothing of it goes on, `last` runs.
 */
export function shutDownOnSignal(server: Listening, last: () => Promise<void>): void {
	let asked: number | undefined;
	const finish = async (code: number) => {
		await last().catch((error: unknown) => console.error(error));
		process.exit(code);
	};
	const onSignal = (signal: NodeJS.Signals) => {
		if (asked !== undefined) {
			if (performance.now() - asked > DOUBLE) process.exit(1);
			return;
		}
		asked = performance.now();
		void server.close(PATIENCE).then(() => {
			// Nobody can wait for an event's listeners: the event loop runs empty when they are done.
			process.once('beforeExit', () => void finish(0));
			setTimeout(() => {
				console.error('Something of the application does not end; stopping without it.');
				void finish(1);
			}, PATIENCE).unref();
			(process as NodeJS.EventEmitter).emit('sveltekit:shutdown', signal);
		});
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}
