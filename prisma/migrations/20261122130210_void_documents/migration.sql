-- A paper whose event was taken back stays on record and says so to whoever verifies it.
ALTER TABLE "document" ADD COLUMN "void_reason" TEXT,
ADD COLUMN "voided_on" DATE;
ALTER TABLE document ADD CONSTRAINT document_voided CHECK ((voided_on IS NULL) = (void_reason IS NULL));
