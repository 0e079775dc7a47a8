import { type Kysely, sql } from 'kysely';

const INCOME = { need: 'income', oneOf: ['bank_statement', 'payslip', 'tax_record'], optional: false };

const reason = (...oneOf: readonly string[]) => ({ need: 'reason', oneOf, optional: false });
const more = (...oneOf: readonly string[]) => ({ need: 'more', oneOf, optional: true });

/** What each reason asks for, until the bank writes its own: one that shows it, one for the income, and what else may help. */
const NEEDS = {
	unemployment: [
		reason('unemployment_registration', 'end_of_employment_letter'),
		INCOME,
		more('low_income_certificate', 'other_document'),
	],
	income_drop: [reason('pay_cut_notice', 'low_income_certificate'), INCOME, more('other_document')],
	illness_or_injury: [
		reason('medical_record', 'hospital_certificate', 'disability_certificate'),
		INCOME,
		more('low_income_certificate', 'other_document'),
	],
	family_change: [
		reason('divorce_certificate', 'birth_certificate', 'low_income_certificate'),
		INCOME,
		more('other_document'),
	],
	business_failure: [
		reason('business_closure_record', 'insolvency_notice'),
		INCOME,
		more('low_income_certificate', 'other_document'),
	],
	disaster: [reason('disaster_certificate'), INCOME, more('low_income_certificate', 'other_document')],
	death_of_earner: [reason('death_certificate'), INCOME, more('low_income_certificate', 'other_document')],
	other: [reason('low_income_certificate', 'other_document'), INCOME, more('pay_cut_notice', 'medical_record')],
};

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		insert into setting (key, value) values ('evidence', ${JSON.stringify({ needs: NEEDS })}::jsonb)
		on conflict (key) do nothing`.execute(db);
}
