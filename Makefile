# Everything a developer runs. `make` alone explains.

.POSIX:
.PHONY: help serve dev dist test bench

help:
	@echo "Sightline reviews exported Azure templates, in the browser or on the command line."
	@echo
	@echo "  make serve   build the page and serve it at http://127.0.0.1:8080/ (PORT=… for another)"
	@echo "  make dev     serve a development build that rebuilds and reloads on every change"
	@echo "  make dist    build the page into the one file dist/sightline.html"
	@echo "  make test    check and test everything, the built page in a browser included"
	@echo "  make bench   measure the engine"
	@echo
	@echo "Each installs the tools that it needs and does not find, once. Needed before: rustup, Node"
	@echo "20 or newer with npm, and a C compiler."

serve: dist
	@exec node build/serve.mjs dist/sightline.html

dev:
	@sh build/setup.sh page
	@PATH="$${CARGO_HOME:-$$HOME/.cargo}/bin:$$PATH" exec env -u NO_COLOR trunk serve

dist:
	@sh build/setup.sh page
	@sh build/page.sh dist/sightline.html

test:
	@sh build/setup.sh test
	@sh build/test.sh

bench:
	@sh build/setup.sh page
	@cargo bench --bench '*'
