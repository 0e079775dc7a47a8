/** Every message there is; its words stand under `sms_<template>` in the messages folder. */
export const TEMPLATES = [
	'reminder',
	'link_resent',
	'sign_in_code',
	'application_received',
	'application_approved',
	'application_declined',
] as const;

/** The name of a message, as the outbox and the contact log hold it. */
export type MessageTemplate = (typeof TEMPLATES)[number];
