/** Every message there is; its words stand under `sms_<template>` in the messages folder. */
export const TEMPLATES = [
	'reminder',
	'link_resent',
	'sign_in_code',
	'confirmation_code',
	'application_received',
	'application_approved',
	'application_declined',
	'application_counter_offered',
	'objection_received',
	'page_again',
	'more_requested',
	'counter_offer_lapsed',
	'agreement_signed',
	'agreement_expired',
	'instalment_due',
	'instalment_missed',
	'instalment_cured',
	'agreement_lapsed',
	'agreement_completed',
	'number_changed',
	'sign_in_key_added',
] as const;

/** The name of a message, as the outbox and the contact log hold it. */
export type MessageTemplate = (typeof TEMPLATES)[number];

/**
 * News of an application or an agreement, which may go by push. Whatever asks for a payment, opens something or guards the sign-in
 * goes by SMS.
 */
export const MAY_GO_BY_PUSH: ReadonlySet<MessageTemplate> = new Set<MessageTemplate>([
	'application_received',
	'application_approved',
	'application_declined',
	'application_counter_offered',
	'objection_received',
	'page_again',
	'more_requested',
	'counter_offer_lapsed',
	'agreement_signed',
	'agreement_expired',
	'instalment_cured',
	'agreement_lapsed',
	'agreement_completed',
]);
