import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';
import type { ExceptedRule } from '#lib/domain/review/exception.ts';
import { nearTime } from '#lib/messages/clock-time.ts';
import { amountText, dayShort } from '#lib/messages/format.ts';
import * as m from '#lib/paraglide/messages.js';
import { evidenceText, reasonText } from '../words.ts';

const NAMES: Readonly<Record<RuleFinding['rule'], () => string>> = {
	on_offer: m.case_rule_on_offer,
	days_past_due: m.case_rule_days_past_due,
	amount: m.case_rule_amount,
	reason: m.case_rule_reason,
	evidence: m.case_rule_evidence,
	instalments: m.case_rule_instalments,
	deferral: m.case_rule_deferral,
	first_due: m.case_rule_first_due,
	validity: m.case_rule_validity,
};

/** To which rules of its product a decision makes an exception, in a sentence. */
export function exceptionsText(rules: readonly ExceptedRule[]): string {
	return m.exception_made({ rules: rules.map((rule) => NAMES[rule]()).join(m.case_list_joint()) });
}

/** A rule of a product in words: what it is called, what the product asks and what the case has. */
export function ruleWords(
	finding: RuleFinding,
	{ currency, timeZone }: { currency: string; timeZone: string },
): { name: string; wants: string; has: string } {
	const name = NAMES[finding.rule]();
	const money = (amount: number) => amountText(amount, currency);
	switch (finding.rule) {
		case 'on_offer': {
			const { version, offered } = finding;
			const wants = offered === null ? m.case_rule_withdrawn() : m.case_rule_version({ version: offered });
			return { name, wants, has: m.case_rule_version({ version }) };
		}
		case 'days_past_due':
			return { name, wants: rangeText(finding, String), has: String(finding.has) };
		case 'amount':
			return { name, wants: rangeText(finding, money), has: money(finding.has) };
		case 'reason':
			return { name, wants: listText(finding.oneOf?.map(reasonText)), has: reasonText(finding.has) };
		case 'evidence': {
			const has = finding.has.length === 0 ? m.case_rule_none() : listText(finding.has.map(evidenceText));
			return { name, wants: listText(finding.oneOf?.map(evidenceText)), has };
		}
		case 'instalments':
		case 'deferral':
			return { name, wants: listText(finding.oneOf.map(String)), has: String(finding.has) };
		case 'first_due':
			return { name, wants: m.case_rule_after({ day: dayShort(finding.after) }), has: dayShort(finding.has) };
		case 'validity': {
			const moment = (at: Date) => nearTime(at, timeZone);
			const has = finding.has === null ? m.case_rule_none() : m.case_rule_sent({ moment: moment(finding.has) });
			return { name, wants: m.case_rule_until({ moment: moment(finding.until) }), has };
		}
	}
}

/** Nothing named means that anything does. */
function listText(items: readonly string[] | undefined): string {
	return items === undefined ? m.case_rule_any() : items.join(m.case_list_joint());
}

function rangeText({ from, to }: { from: number | null; to: number | null }, show: (value: number) => string): string {
	if (from !== null && to !== null) return m.case_rule_from_to({ from: show(from), to: show(to) });
	if (from !== null) return m.case_rule_from({ from: show(from) });
	return to === null ? m.case_rule_any() : m.case_rule_to({ to: show(to) });
}
