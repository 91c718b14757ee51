-- The papers of a claim are what was handed in for it: the rows of attachment, not codes somebody states.
ALTER TABLE "claim" DROP COLUMN "papers";
