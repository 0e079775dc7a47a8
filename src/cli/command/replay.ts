import type { Command } from 'commander';
import { ENGINE_VERSION } from '#lib/domain/engine-version.ts';
import { wordsIn } from '#lib/domain/words.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type ReplayedDecision, replayKeptDecisions } from '#lib/server/review/replay-kept-decision.ts';
import { print, refuse } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

export function addReplay(program: Command): void {
	program
		.command('replay')
		.description("a decision's figures again, from its frozen inputs alone")
		.argument('<ID>', "a decision's id, or an application's reference for all of its decisions")
		.option('--json', 'as JSON, a line for each decision')
		.addHelpText(
			'after',
			'\nThe exit code is 1 where a figure comes out otherwise, which is named, and where a decision is so old that what it\n' +
				'was made on was not kept whole.',
		)
		.action((id: string, { json }: { json?: true }) => withDatabase((db) => replay(db, id, json === true)));
}

async function replay(db: Db, id: string, json: boolean): Promise<void> {
	const decisions = await replayKeptDecisions(db, id);
	if (decisions.length === 0)
		return refuse(`${id}: there is no such decision, and no application of this reference with one`);
	for (const decision of decisions) {
		await print(json ? `${JSON.stringify({ ...decision, engineNow: ENGINE_VERSION })}\n` : textOf(decision));
		judge(decision);
	}
}

function judge({ id, reference, replayed }: ReplayedDecision): void {
	const name = `decision ${id} on ${reference}`;
	if (!replayed) return refuse(`${name}: too little was kept with it to work its figures out again`);
	for (const { figure, then, now, same } of replayed.figures) {
		if (!same) refuse(`${name}: ${figure} was ${then || 'not there'} and comes out as ${now ?? 'nothing'}`);
	}
}

/** The list as it was worded then, each with whether it was ticked; the codes alone where no list was kept. */
function checksOf({ checked, checklist }: NonNullable<ReplayedDecision['replayed']>): string[] {
	if (!checklist) return [`  checked: ${checked.join(', ') || 'nothing'}`];
	return checklist.map(
		({ code, words }) => `  ${checked.includes(code) ? 'checked' : 'not checked'}: ${code}, ${wordsIn(words, 'en')}`,
	);
}

/** To what exceptions were made, and why. */
function exceptionsOf({ exceptions }: NonNullable<ReplayedDecision['replayed']>): string[] {
	if (!exceptions) return [];
	return [`  exception to: ${exceptions.rules.join(', ')}`, `  because: ${exceptions.why || 'erased by its rule'}`];
}

function textOf(decision: ReplayedDecision): string {
	const { id, reference, outcome, reasonCode, decidedAt, staffName, firstStaffName, replayed } = decision;
	const by = firstStaffName === null ? staffName : `${firstStaffName} and ${staffName}`;
	const head = [
		`Decision ${id} on ${reference}`,
		`  ${reasonCode === null ? outcome : `${outcome} (${reasonCode})`} by ${by} at ${decidedAt.toISOString()}`,
	];
	if (!replayed) return `${head.join('\n')}\n\n`;
	const { asOf, engineVersion, evidence, figures } = replayed;
	const rows = [
		['figure', 'then', 'now', 'same'],
		...figures.map(({ figure, then, now, same }) => [figure, then, now ?? '', same ? 'yes' : 'NO']),
	];
	const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return [
		...head,
		`  figures as of ${asOf}, by engine ${String(engineVersion)}; this is engine ${String(ENGINE_VERSION)}`,
		...checksOf(replayed),
		...exceptionsOf(replayed),
		...evidence.map((page) => `  document ${page.id} ${page.sha256 ?? 'not ready'}`),
		'',
		...rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()),
		figures.length === 0 ? '  The account was being checked: there were no figures.' : '',
		'',
	].join('\n');
}
