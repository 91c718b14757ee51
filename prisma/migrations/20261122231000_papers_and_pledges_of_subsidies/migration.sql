-- Papers of a subsidy belong to an enterprise: to no bank, and to a pool only where one covers its place.
ALTER TABLE attachment ALTER COLUMN pool_code DROP NOT NULL, ALTER COLUMN bank_code DROP NOT NULL;
ALTER TABLE attachment ADD CONSTRAINT attachment_whose CHECK (bank_code IS NOT NULL OR enterprise_uscc IS NOT NULL);

-- The promise an enterprise made at submission, word for word: who, when, which version of the text. And the panel that decided, where one had to.
ALTER TABLE subsidy_application ADD COLUMN "pledge" JSONB, ADD COLUMN "panel" JSONB;
-- What was submitted before the text was kept: that it was promised is known, its words are not.
UPDATE subsidy_application SET pledge = jsonb_build_object('title', '诚信承诺书', 'text', '', 'effectiveFrom', NULL, 'citation', NULL,
    'acceptedBy', created_by, 'acceptedOn', coalesce(submitted_on, applied_on))
  WHERE origin = 'own' AND applied_on IS NOT NULL AND (request ->> 'pledged')::boolean;
ALTER TABLE subsidy_application ADD CONSTRAINT application_pledged CHECK (origin = 'import' OR applied_on IS NULL OR pledge IS NOT NULL);
