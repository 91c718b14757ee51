-- A layout that was told wrongly would read every later file wrongly. What it has read keeps its own mapping, and the audit log keeps the layout.
GRANT DELETE ON statement_profile TO ningkedai_app;
