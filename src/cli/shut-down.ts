import type { Listening } from './serve.ts';

/** How long running requests may take to finish, and then the application's jobs. */
const PATIENCE = 10_000;

/** A second Ctrl-C ends the process at once; npm and the terminal send the first one twice. */
const DOUBLE = 1_000;

/** What has to happen at the end, gathered while the process starts. */
export interface Ending {
	/** Adds a last deed; the latest comes first. */
	last(deed: () => Promise<void> | void): void;
	/** From now on the application is loaded, and is told of the end before the last deeds. */
	loaded(): void;
}

/**
 * Ends the process in order when it is asked to: streams are told (`portal:closing`), requests finish, then the application is told
 * (`sveltekit:shutdown`: it stops its jobs and closes its pool), and when nothing of it goes on, the last deeds follow.
 */
export function shutDownOnSignal(server: Listening): Ending {
	const deeds: (() => Promise<void> | void)[] = [];
	let application = false;
	let asked: number | undefined;
	const finish = async (code: number) => {
		for (const deed of deeds.reverse()) await Promise.resolve(deed()).catch((error: unknown) => console.error(error));
		process.exit(code);
	};
	const tellApplication = (signal: NodeJS.Signals) => {
		// Nobody can wait for an event's listeners: the event loop runs empty when they are done.
		process.once('beforeExit', () => void finish(0));
		setTimeout(() => {
			console.error('Something of the application does not end; stopping without it.');
			void finish(1);
		}, PATIENCE).unref();
		(process as NodeJS.EventEmitter).emit('sveltekit:shutdown', signal);
	};
	const onSignal = (signal: NodeJS.Signals) => {
		if (asked !== undefined) {
			if (performance.now() - asked > DOUBLE) process.exit(1);
			return;
		}
		asked = performance.now();
		(process as NodeJS.EventEmitter).emit('portal:closing');
		void server.close(PATIENCE).then(() => (application ? tellApplication(signal) : finish(1)));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
	return { last: (deed) => void deeds.push(deed), loaded: () => void (application = true) };
}
