import { plainText } from '#lib/domain/plain-text.ts';
import type { RuleFinding } from '#lib/domain/plan/product-rules.ts';

/** A rule of a product to which a decision makes an exception; codes are stored and never change. */
export type ExceptedRule = Exclude<RuleFinding['rule'], 'on_offer'>;

/**
 * What granting a plan makes exceptions to: every rule of its product that it does not meet. A version that is not on offer any
 * more is none: a quote holds to the version that it was made by.
 */
export function exceptionsTo(findings: readonly RuleFinding[]): (RuleFinding & { readonly rule: ExceptedRule })[] {
	return findings.filter(
		(finding): finding is RuleFinding & { readonly rule: ExceptedRule } => !finding.met && finding.rule !== 'on_offer',
	);
}

/** The codes of rules to which exceptions are made, for the audit log; undefined where none is. */
export function exceptionCodes(exceptions: readonly RuleFinding[]): string | undefined {
	return exceptions.length > 0 ? exceptions.map(({ rule }) => rule).join(',') : undefined;
}

/** Whether a plan may be granted with this note for staff: an exception needs its reason there, of each of two who decide. */
export function exceptionProblem(
	exceptions: readonly RuleFinding[],
	note: string,
): 'exception_reason_needed' | undefined {
	return exceptions.length > 0 && plainText(note) === '' ? 'exception_reason_needed' : undefined;
}
