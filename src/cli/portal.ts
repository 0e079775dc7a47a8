/** `npm run portal -- COMMAND`: what operators do with the portal from a terminal or a script. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { endWithReader } from './terminal.ts';

/** Adds a command to the program. */
type Add = (program: Command) => void;

/** Each is loaded when it is asked for, since some bring much along; the list of all of them is the help. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
	migrate: async () => (await import('./command/migrate.ts')).addMigrate,
	import: async () => (await import('./command/import.ts')).addImport,
	owed: async () => (await import('./command/owed.ts')).addOwed,
	schedule: async () => (await import('./command/schedule.ts')).addSchedule,
	link: async () => (await import('./command/link.ts')).addLink,
	remind: async () => (await import('./command/remind.ts')).addRemind,
	reconcile: async () => (await import('./command/reconcile.ts')).addReconcile,
	replay: async () => (await import('./command/replay.ts')).addReplay,
	staff: async () => (await import('./command/staff.ts')).addStaff,
	'reorder-queue': async () => (await import('./command/reorder-queue.ts')).addReorderQueue,
	'rotate-keys': async () => (await import('./command/rotate-keys.ts')).addRotateKeys,
	work: async () => (await import('./command/work.ts')).addWork,
	verify: async () => (await import('./command/verify.ts')).addVerify,
	demo: async () => (await import('./command/demo.ts')).addDemo,
};

/**
 * Keeps what Node compiles beside the packages, which halves the time until a command starts; worker threads learn of it
 * from the environment. Where the folder cannot be written, all goes on without.
 */
function keepCompiled(): void {
	process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
	enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

async function run(): Promise<void> {
	const portal = new Command('portal')
		.description('The repayment portal from the command line. Without DATABASE_URL it works on the embedded database.')
		.addHelpText('after', '\nExit codes: 0 success, 1 something was refused (see standard error), 2 wrong usage.')
		.showHelpAfterError('(add --help for what there is)')
		// Before the commands are added: they inherit it.
		.exitOverride();
	const asked = process.argv[2] ?? '';
	const names = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
	for (const name of names) (await COMMANDS[name]?.())?.(portal);
	await portal.parseAsync();
}

endWithReader();
keepCompiled();
try {
	await run();
} catch (error) {
	if (!(error instanceof CommanderError)) throw error;
	// Commander has said what is wrong, or has shown the help that was asked for.
	process.exitCode = error.code === 'commander.helpDisplayed' ? 0 : 2;
}
