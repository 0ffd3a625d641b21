book test reproduce preview check:
	python3 make.py $@
