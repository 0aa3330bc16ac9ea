@node "%~dp0scripts\run.mjs" exitlab %*
