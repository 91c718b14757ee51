-- Money that left the account and that nobody can place stands as a receivable until it is known what it was, or it comes back.
ALTER TABLE difference DROP CONSTRAINT difference_resolution;
ALTER TABLE difference ADD CONSTRAINT difference_resolution CHECK (resolution IN ('interest', 'bankFee', 'suspense', 'paymentSuspense', 'paymentReturned', 'timing'));
