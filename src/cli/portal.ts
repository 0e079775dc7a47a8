/** `npm run portal -- COMMAND`: what operators do with the portal from a terminal or a script. */
import { Command, CommanderError } from 'commander';
import { addDemo } from './command/demo.ts';
import { addImport } from './command/import.ts';
import { addLink } from './command/link.ts';
import { addMigrate } from './command/migrate.ts';
import { addOwed } from './command/owed.ts';
import { addSchedule } from './command/schedule.ts';
import { addStaff } from './command/staff.ts';
import { addWork } from './command/work.ts';
import { endWithReader } from './terminal.ts';

const COMMANDS = [addMigrate, addImport, addOwed, addSchedule, addLink, addStaff, addDemo, addWork];

const portal = new Command('portal')
	.description('The repayment portal from the command line. Without DATABASE_URL it works on the embedded database.')
	.addHelpText('after', '\nExit codes: 0 success, 1 something was refused (see standard error), 2 wrong usage.')
	.showHelpAfterError('(add --help for what there is)')
	// Before the commands are added: they inherit it.
	.exitOverride();
for (const add of COMMANDS) add(portal);

endWithReader();
try {
	await portal.parseAsync();
} catch (error) {
	if (!(error instanceof CommanderError)) throw error;
	// Commander has said what is wrong, or has shown the help that was asked for.
	const helped = ['commander.helpDisplayed', 'commander.version'].includes(error.code);
	process.exitCode = helped ? 0 : 2;
}
