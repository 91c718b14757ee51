-- A receipt in suspense that turns out to be owed to somebody goes over to them: proposed by one, confirmed by another.
ALTER TABLE "difference" ADD COLUMN "party" TEXT,
ADD COLUMN "party_note" TEXT,
ADD COLUMN "party_by" TEXT,
ADD COLUMN "party_on" DATE,
ADD COLUMN "party_decided_by" TEXT,
ADD COLUMN "party_decided_on" DATE;

ALTER TABLE difference
  ADD CONSTRAINT difference_party CHECK ((party IS NULL) = (party_by IS NULL) AND (party IS NULL) = (party_on IS NULL) AND (party IS NULL OR (status = 'resolved' AND resolution = 'suspense'))),
  ADD CONSTRAINT difference_party_two_people CHECK (party_decided_by IS NULL OR (party IS NOT NULL AND party_decided_by <> party_by)),
  ADD CONSTRAINT difference_party_decided CHECK ((party_decided_by IS NULL) = (party_decided_on IS NULL));
