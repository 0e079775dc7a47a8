import type { AgreementFacts } from '#lib/domain/agreement/agreement-facts.ts';
import type { Minor } from '#lib/domain/money.ts';
import { paperWords } from '#lib/messages/paper-words.ts';
import { amountText } from '#lib/messages/plain-format.ts';

/** What every section of an agreement is written with. */
export interface AgreementPen {
	readonly facts: AgreementFacts;
	readonly locale: string;
	readonly say: ReturnType<typeof paperWords>;
	/** An amount of the agreement's currency. */
	readonly money: (amount: Minor) => string;
}

/** The pen for an agreement in a language. */
export function agreementPen(facts: AgreementFacts, locale: string): AgreementPen {
	return { facts, locale, say: paperWords(locale), money: (amount) => amountText(amount, facts.currency, locale) };
}

/** "人民币（CNY）", "Chinese Yuan (CNY)". */
export function currencyName(code: string, locale: string): string {
	const name = new Intl.DisplayNames([locale], { type: 'currency' }).of(code) ?? code;
	return locale.startsWith('zh') ? `${name}（${code}）` : `${name} (${code})`;
}
