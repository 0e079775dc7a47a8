/** What is about nobody: the bank's rules, its products, counts under hashes, and the histories of the schema and of the seals. */
export const ABOUT_NOBODY = words(
	'kysely_migration kysely_migration_lock policy product product_name product_proposal setting desk_rule_proposal rate_limit import_run',
	'application_move audit_unsealed audit_seal audit_head',
);

/** The tables of which a cardholder sees their own rows, and all of these. */
export const OF_CARDHOLDER = words(
	'cardholder account statement posting import_rejection cardholder_session passkey passkey_holder passkey_challenge kept_form form_draft offline_sending',
	'push_subscription push_offer information_request information_item words_erasure contact_hold objection application quote evidence evidence_key evidence_upload evidence_piece evidence_check review decision counter_offer confirmation outbox_message number_change screen_code',
	'agreement agreement_document agreement_signature agreement_instalment agreement_event',
);

const OF_DESK = [
	'cardholder account statement posting import_rejection staff application quote evidence evidence_key evidence_check evidence_pin outbox_message audit_log',
	'information_request information_item words_erasure contact_hold objection second_review review review_taking approval case_view review_note application_hand decision counter_offer agreement agreement_event',
	'access_link agreement_instalment contact_log',
];

/** The tables of which somebody who is no cardholder sees any row of others; of every other they see none. */
export const SEEN: Readonly<Record<'door' | 'agent' | 'supervisor' | 'support' | 'admin', readonly string[]>> = {
	door: words(
		'cardholder account staff staff_enrolment staff_session cardholder_session access_link sign_in_challenge',
		'silenced_number outbox_message screen_code passkey passkey_holder passkey_challenge kept_form push_subscription',
	),
	agent: words(...OF_DESK),
	supervisor: words(...OF_DESK),
	support: words(
		'cardholder account staff cardholder_session access_link sign_in_challenge silenced_number outbox_message',
		'contact_log audit_log number_change screen_code support_deed push_subscription',
	),
	admin: words('staff staff_enrolment staff_session passkey'),
};

function words(...lines: readonly string[]): string[] {
	return lines.flatMap((line) => line.split(' ')).sort();
}
