import type { Command } from 'commander';
import { scheduleCase } from '#lib/domain/plan/case.ts';
import { runCases } from '../run-cases.ts';
import { typedPath } from '../terminal.ts';

export function addSchedule(program: Command): void {
	program
		.command('schedule')
		.description('work out plan schedules; needs no database')
		.requiredOption(
			'--cases <FILE.jsonl>',
			'one case a line, as in examples/schedules.jsonl, with or without its results',
		)
		.action(({ cases }: { cases: string }) =>
			runCases(typedPath(cases), (line) => {
				const outcome = scheduleCase(line);
				return outcome.ok ? { ok: true, output: outcome.line } : outcome;
			}),
		);
}
