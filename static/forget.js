// After signing out: deletes what was chosen and never sent. Browsers that know Clear-Site-Data have done so already.
try {
	indexedDB.deleteDatabase('capture');
} catch {
	// No database, nothing kept.
}
// And ends the notices on this device.
navigator.serviceWorker
	?.getRegistration()
	.then((registration) => registration?.pushManager?.getSubscription())
	.then((subscription) => subscription?.unsubscribe())
	.catch(() => undefined);
