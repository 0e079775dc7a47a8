import type { Command } from 'commander';
import type { LeftOut } from '#lib/domain/contact/reminder.ts';
import type { Day } from '#lib/domain/day.ts';
import { today } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { queueReminders } from '#lib/server/message/queue-reminders.ts';
import { print } from '../terminal.ts';
import { typedDay } from '../typed-day.ts';
import { withDatabase } from '../with-database.ts';

interface Options {
	readonly asOf?: Day;
	readonly dryRun?: boolean;
}

export function addRemind(program: Command): void {
	program
		.command('remind')
		.description('queue reminders for accounts that are past due, within the contact rules')
		.option('--as-of <DAY>', "the day (YYYY-MM-DD); the bank's today where it is left out", typedDay)
		.option('--dry-run', 'say what would be done, and do nothing')
		.action((options: Options) => withDatabase((db) => remind(db, options), ['ORIGIN', 'SECRET_KEY']));
}

const WHY: Readonly<Record<LeftOut, string>> = {
	being_checked: 'being checked, so what they owe is not known',
	on_hold: 'on hold for a vulnerable person or a dispute',
	application_open: 'with an application that waits for a decision',
	agreement: 'with an agreement that is kept or waits to be signed',
	reminded_recently: 'reminded recently',
	daily_cap: 'whose holder has had as many messages as a day allows',
};

async function remind(db: Db, { asOf = today(), dryRun = false }: Options): Promise<void> {
	const actor = { kind: 'command', id: null } as const;
	const { queued, leftOut } = await queueReminders(db, { asOf, dryRun, actor });
	await print(`${String(queued)} reminders ${dryRun ? 'would be queued' : 'queued'} as of ${asOf}\n`);
	for (const { reason, count, accountIds } of leftOut) {
		await print(`${String(count)} left out, ${WHY[reason]}: ${accountIds.join(' ')}\n`);
	}
}
