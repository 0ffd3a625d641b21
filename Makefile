book test preview check:
	python3 make.py $@
