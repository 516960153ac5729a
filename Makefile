.PHONY: demo test lint fix types contracts unit slow docs lock clean help
demo test lint fix types contracts unit slow docs lock clean help: ; @./run $@
