import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const near = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const SOURCE = readFileSync(near.resolve('axe-core/axe.min.js'), 'utf8');

/** What needs a person to judge it, and so is no rule that can be kept or broken. */
const NOT_RULES = ['hidden-content'];

interface Axe {
	getRules: () => { ruleId: string }[];
	run: (options: object) => Promise<{
		violations: { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }[];
	}>;
}

/** Every violation that axe finds by any of its rules, of whatever severity, with where it stands. */
export async function violations(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
	return page.evaluate(async (left) => {
		const { axe } = window as unknown as { axe: Axe };
		const rules = axe.getRules().map(({ ruleId }) => [ruleId, { enabled: !left.includes(ruleId) }] as const);
		const found = await axe.run({ rules: Object.fromEntries(rules), resultTypes: ['violations'], elementRef: false });
		return found.violations.map(
			({ id, impact, nodes }) =>
				`${id} (${String(impact)}): ${nodes.map(({ target }) => target.join(' ')).join(', ')} ${(nodes[0]?.failureSummary ?? '').replace(/\s+/g, ' ')}`,
		);
	}, NOT_RULES);
}
