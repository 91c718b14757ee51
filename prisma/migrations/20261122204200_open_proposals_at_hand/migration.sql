-- The first pages count what waits for a second person: a look at what is open, not at everything that ever was.
CREATE INDEX payout_open ON pool_payout (id) WHERE status = 'proposed';
CREATE INDEX order_open ON capital_order (id) WHERE status = 'proposed';
CREATE INDEX revocation_open ON revocation (id) WHERE status = 'proposed';
